"""In a real Chromium: recorded words are played by the page itself, from its own host alone."""

import io
import wave
from dataclasses import replace
from pathlib import Path

import pytest
from browser.conftest import answering
from browser.test_desk import enter
from flask import Flask
from playwright.sync_api import Page, expect

from referral.access.permissions import Role

NEW = "/custody/bookings/new"


def silence() -> bytes:
    """A tenth of a second in which nobody says anything."""
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(1600))
    return sound.getvalue()


def test_the_words_are_played_by_a_key_and_the_policy_has_nothing_against_it(
    app: Flask, page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = tmp_path / "recordings" / "en" / "offer-1.mp3"
    place.parent.mkdir(parents=True)
    place.write_bytes(silence())
    settings = replace(app.extensions["settings"], recordings=str(place.parents[1]))
    monkeypatch.setitem(app.extensions, "settings", settings)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    with answering(app) as site:
        enter(page, site, Role.CUSTODY_OFFICER)
        page.goto(site + NEW)
        player = page.locator("audio[controls]")
        expect(player).to_be_visible()
        player.evaluate("sound => sound.addEventListener('ended', () => sound.title = 'heard')")
        page.keyboard.press("F4")  # also while one types
        expect(player).to_have_attribute("title", "heard")
        assert refused == []
