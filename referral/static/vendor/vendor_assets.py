"""Make the vendored front end again from unpacked npm packages; the result is committed.

    npm install --no-save govuk-frontend@6.3.0 @fontsource/source-sans-3@5.3.1 \
        @expo-google-fonts/source-sans-3@0.4.1 @expo-google-fonts/noto-sans-arabic@0.4.3
    python referral/static/vendor/vendor_assets.py node_modules

Node is needed only here, never to run or to test the application. The GDS font, crest and crown
may be used on GOV.UK services alone, so they are taken out and the font is replaced.
LICENSES/govuk-frontend.txt is kept by hand: the npm package does not contain it.
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
VERSIONS = {
    "govuk-frontend": "6.3.0",
    "@fontsource/source-sans-3": "5.3.1",
    "@expo-google-fonts/source-sans-3": "0.4.1",
    "@expo-google-fonts/noto-sans-arabic": "0.4.3",
}
FONT = '"Source Sans 3",arial,sans-serif'
SUBSETS = ("latin-ext", "latin")
WEIGHTS = (400, 700)
# `optional`: a page is never set anew when the font arrives late; the next one has it
FACE = """@font-face {{
  font-family: "Source Sans 3";
  font-style: normal;
  font-weight: {weight};
  font-display: optional;
  src: url("{file}") format("woff2");
  unicode-range: {range};
}}
"""


# For print: the whole font in one file for each weight. Of two files with one family name only one
# is embedded in a PDF, and WOFF2 is unpacked in Python for every document.
PRINT_FILES = {400: "400Regular/{name}_400Regular.ttf", 700: "700Bold/{name}_700Bold.ttf"}
PRINT_FACE = """@font-face {{
  font-family: "{family}";
  font-style: normal;
  font-weight: {weight};
  src: url("{file}") format("truetype");
}}
"""


def debranded(css: str) -> str:
    css = re.sub(r"/\*! Copyright \(c\) 2011 by Margaret Calvert.*?\*/", "", css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = re.sub(r"[^{}]+\{[^{}]*url\(/assets/[^{}]*\}", "", css)  # the crest in the footer
    css = re.sub(r"(?<=[{}])[^{}]*\.govuk-footer__crown\b[^{}]*\{[^{}]*\}", "", css)
    css = re.sub(r"@(?:supports|media)[^{}]*\{\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", FONT)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    left = re.findall(r"GDS Transport|crest|crown|url\(/", css)
    if left:
        raise SystemExit(f"not taken out of the CSS: {sorted(set(left))}")
    return css.strip() + "\n"


def vendor_govuk(package: Path) -> None:
    target = HERE / f"govuk-frontend-{VERSIONS['govuk-frontend']}"
    target.mkdir(exist_ok=True)
    css = (package / "dist/govuk/govuk-frontend.min.css").read_text("utf-8")
    (target / "govuk-frontend.min.css").write_text(debranded(css), "utf-8")
    js = (package / "dist/govuk/govuk-frontend.min.js").read_text("utf-8")
    (target / "govuk-frontend.min.js").write_text(
        re.sub(r"//# sourceMappingURL=.*", "", js).strip() + "\n", "utf-8"
    )


def vendor_font(package: Path) -> None:
    target = HERE / "source-sans-3"
    target.mkdir(exist_ok=True)
    ranges = json.loads((package / "unicode.json").read_text("utf-8"))
    faces = []
    for weight in WEIGHTS:
        for subset in SUBSETS:
            file = f"source-sans-3-{subset}-{weight}-normal.woff2"
            shutil.copyfile(package / "files" / file, target / file)
            faces.append(FACE.format(weight=weight, file=file, range=ranges[subset]))
    (target / "source-sans-3.css").write_text("\n".join(faces), "utf-8")
    # the notice stands in the font's name table, not in the licence file of the package
    notice = "Copyright 2023 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'\n\n"
    licence = (package / "LICENSE").read_text("utf-8")
    (HERE / "LICENSES" / "source-sans-3.txt").write_text(notice + licence, "utf-8")


def vendor_print_font(package: Path, family: str) -> None:
    target = HERE / package.name
    target.mkdir(exist_ok=True)
    faces = []
    for weight, source in PRINT_FILES.items():
        file = f"{package.name}-{weight}.ttf"
        shutil.copyfile(package / source.format(name=family.replace(" ", "")), target / file)
        faces.append(PRINT_FACE.format(family=family, weight=weight, file=file))
    (target / "print.css").write_text("\n".join(faces), "utf-8")


def keep_licence(package: Path) -> None:
    shutil.copyfile(package / "LICENSE_FONT", HERE / "LICENSES" / f"{package.name}.txt")


def write_sums() -> None:
    kinds = {".css", ".js", ".ttf", ".woff2", ".txt"}
    files = sorted(p for p in HERE.rglob("*") if p.suffix in kinds)
    lines = [
        f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(HERE).as_posix()}\n"
        for p in files
    ]
    (HERE / "SHA256SUMS").write_text("".join(lines), "utf-8")


def main(packages: Path) -> None:
    for name, version in VERSIONS.items():
        found = json.loads((packages / name / "package.json").read_text("utf-8"))["version"]
        if found != version:
            raise SystemExit(f"{name}: wanted {version}, found {found}")
    vendor_govuk(packages / "govuk-frontend")
    vendor_font(packages / "@fontsource/source-sans-3")
    vendor_print_font(packages / "@expo-google-fonts/source-sans-3", "Source Sans 3")
    vendor_print_font(packages / "@expo-google-fonts/noto-sans-arabic", "Noto Sans Arabic")
    keep_licence(packages / "@expo-google-fonts/noto-sans-arabic")
    write_sums()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
