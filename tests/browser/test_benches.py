"""What the benchmarks ask is answered: one round of each, with no time asserted."""

import time

import pytest
from bench import load, pages


@pytest.fixture
def one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Benchmarks that go round once."""
    monkeypatch.setattr(pages, "ROUNDS", 2)
    monkeypatch.setattr(pages, "LETTERS", 2)
    monkeypatch.setattr(load, "PAUSE", 0)


@pytest.mark.parametrize(("name", "role", "listed", "leads"), pages.PAGES)
def test_every_page_of_the_benchmark_is_there(demo_app, one_round, name, role, listed, leads):
    assert "ms" in pages.page(demo_app, role, listed, leads), name


def test_the_letter_of_the_benchmark_is_made(demo_app, one_round):
    assert "ms" in pages.letter(demo_app)


def test_a_desk_of_the_load_looks_opens_and_books(site, one_round):
    desk = load.sit(site, 0, time.time())
    assert len(desk.times) >= 3
    assert desk.errors == []
