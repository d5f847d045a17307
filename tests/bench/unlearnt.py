"""The commands of the product with the weights of another file: `WEIGHTS` in the environment.

The shares of names are all that is learnt of names. For the unseen town those of its own names are
taken out, so that it is met as a country would be of whose names nothing is known.
"""

import json
import os
from pathlib import Path

from bench.halves import is_learnt_from
from flask.cli import main

from referral.people import weights


def write(path: Path) -> None:
    """The shipped weights, without the shares of names in the half that is not learnt from."""
    data = json.loads(weights.WEIGHTS.read_text(encoding="utf-8"))
    for kind in ("forenames", "surnames"):
        data[kind] = {name: share for name, share in data[kind].items() if is_learnt_from(name)}
    path.write_text(json.dumps(data), encoding="utf-8")


if __name__ == "__main__":
    weights.WEIGHTS = Path(os.environ["WEIGHTS"])
    main()
