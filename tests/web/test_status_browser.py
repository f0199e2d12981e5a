"""The status page in a real browser, from a folder and from pagerd: on a phone and a desk, in light and in dark."""

import pytest
from playwright.async_api import async_playwright

from pagerd.web.status_page import files_of
from tests.tools.debian import binary
from tests.web.test_status_page import NASTY, a_page

VIEWPORTS = {"phone": {"width": 320, "height": 640}, "desk": {"width": 1280, "height": 900}}

CONTRAST = """() => {
  const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = text => text.match(/[\\d.]+/g).map(Number);
  const ground = one => {
    for (; one; one = one.parentElement) {
      const found = colour(getComputedStyle(one).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const low = [];
  for (const one of document.querySelectorAll('body *')) {
    if (![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()) || one.closest('svg')) continue;
    const [a, b] = [light(colour(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.push(one.className + ': ' + one.textContent.trim().slice(0, 40));
  }
  return low;
}"""
"""Every text that stands out from its ground by less than 4.5 to 1."""


@pytest.mark.timeout(120)
async def test_customers_read_it_anywhere(front, tmp_path):
    """Nothing is cut off, no text is faint, nothing breaks the policy or is asked of anybody else."""
    files = files_of(a_page(said=f"{NASTY} {'x' * 200}"))
    front.services.site.put(files)
    for name, octets in files.items():
        (tmp_path / name).write_bytes(octets)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=binary("chromium"), args=["--no-sandbox"])
        try:
            for scheme in ("light", "dark"):
                for viewport in VIEWPORTS.values():
                    tab = await (await browser.new_context(viewport=viewport, color_scheme=scheme)).new_page()
                    said, asked = [], []
                    tab.on("console", lambda message, said=said: said.append(message.text))
                    tab.on("request", lambda request, asked=asked: asked.append(request.url))
                    for base in (f"{front.base}/status/", f"file://{tmp_path}/index.html"):
                        await tab.goto(base)
                        assert await tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
                        assert await tab.evaluate(CONTRAST) == []
                        await tab.get_by_role("link", name="Problems with Checkout").first.click()
                        await tab.wait_for_url("**/0123456789.html")
                        assert await tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
                        await tab.get_by_role("link", name="History").click()
                        await tab.get_by_role("link", name="Reports are slow").click()
                        assert await tab.get_by_role("heading", level=1).inner_text() == "Reports are slow"

                    assert said == []
                    assert all(url.startswith((front.base, f"file://{tmp_path}")) for url in asked)
                    await tab.close()
        finally:
            await browser.close()
