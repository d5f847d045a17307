"""Workers to be killed: a process that has loaded the application and forks a worker when told.

They are the workers of the command line, with three changes from outside: the clock stands in a
file, nobody waits long, and there are two kinds of work whose effects can be counted.
"""

import os
import signal
import sys
from datetime import datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from referral import clock
from referral.app import create_app
from referral.cli.work import worker
from referral.jobs import runner
from referral.jobs.kinds import JobKind, work_of
from referral.jobs.rhythms import every
from referral.post.messages import post
from referral.post.messages.actions import MessageDetails, message_kind, write
from referral.post.messages.posts import posts_of
from referral.settings import from_environment

CLOCK = Path(os.environ["CLOCK"])
SETTINGS = from_environment()


def promise(task):
    """In the database only: write one message. Done twice, there would be two."""
    about = task.about_id or uuid5(NAMESPACE_OID, task.key)
    write(MessageDetails("digest", "hub@example.org", about, "", None), task.at)


def filled(about_id, at):
    """The message says what it is about, so that the receiver can count."""
    return {"unread": about_id.hex, "waiting": "0", "link": ""}


def main() -> None:
    """Fork a worker for each line that comes in, and say its number."""
    clock.source = lambda: datetime.fromisoformat(CLOCK.read_text())
    runner.IDLE, post.PATIENCE = 0.02, 0.2
    app = create_app(SETTINGS)
    app.extensions["work"] = work_of(
        (
            JobKind("promise", "Promise", promise),
            JobKind("tick", "Tick", promise),
            message_kind({"digest": filled}, posts_of(SETTINGS)),
        ),
        {"tick": every(timedelta(minutes=5))},
    )
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            with app.app_context():
                worker.main(args=[], prog_name="worker")
        print(child, flush=True)


if __name__ == "__main__":
    main()
