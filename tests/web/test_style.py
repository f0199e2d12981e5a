import re

import pytest

from pagerd.web.screens import HERE

TEXT_MIN = 4.5
"""WCAG 2.2 AA, 1.4.3: the contrast of text."""

PAIRS = [
    ("text", "ground"),
    ("soft", "ground"),
    ("link", "ground"),
    ("text", "box"),
    ("act-text", "act"),
    ("urgent-text", "urgent"),
]


def palettes():
    """Return the colours of the light and of the dark theme, by name."""
    style = (HERE / "static" / "style.css").read_text()
    light, dark = re.findall(r":root \{([^}]*)\}", style)
    return {
        "light": dict(re.findall(r"--([\w-]+): (#\w{6})", light)),
        "dark": dict(re.findall(r"--([\w-]+): (#\w{6})", dark)),
    }


def luminance(colour):
    """Return the relative luminance, by WCAG's formula."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_can_be_read_in_both_themes(theme, front, back):
    """Each pair of colours that text is set in has the contrast of AA."""
    colours = palettes()[theme]

    assert contrast(colours[front], colours[back]) >= TEXT_MIN


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_borders_can_be_seen(theme):
    """Edges of fields have 3:1 (WCAG 2.2 AA, 1.4.11)."""
    assert contrast(palettes()[theme]["line"], palettes()[theme]["ground"]) >= 3


def test_the_style_loads_nothing():
    """No import, no address: the policy would refuse it, and a phone would wait for it."""
    style = (HERE / "static" / "style.css").read_text()

    assert "url(" not in style
    assert "@import" not in style
