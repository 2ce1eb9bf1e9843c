"""LibreOffice, where it is installed, as a converter of office files.

Each conversion has a profile of its own, in which macros, active content and links are switched
off and the network leads nowhere. LibreOffice is never needed: readers go on without it and say
what they could not do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path

SECONDS = 90
"""How long one conversion may take; shorter than what a page of a report may."""

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/usr/bin", "/usr/local/bin", "/opt/libreoffice/program", "/usr/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS", r"C:\Program Files\LibreOffice\program",
)  # fmt: skip
_COMMON = "/org.openoffice.Office.Common"
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "0"),
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


class ConversionError(Exception):
    """A file was not converted; the message says why, in Chinese and without the file's name."""


@cache
def program() -> str | None:
    """The path of LibreOffice; None where it is not installed."""
    for name in _PROGRAMS:
        found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(_PLACES))
        if found:
            return found
    return None


def convert(data: bytes, suffix: str, target: str, seconds: int = SECONDS) -> bytes:
    """A file in another format, its formulas calculated anew.

    Args:
        data: the whole file.
        suffix: the ending of its format, such as ``doc``.
        target: the ending of the wanted format, such as ``docx``.
        seconds: how long it may take.

    Raises:
        ConversionError: LibreOffice is missing, took too long or did not write the file.
    """
    soffice = program()
    if soffice is None:
        raise ConversionError("本机没有安装 LibreOffice")
    with tempfile.TemporaryDirectory(prefix="gouji-") as folder:
        place = Path(folder)
        source, out = place / f"source.{suffix}", place / "out"
        source.write_bytes(data)
        _write_profile(place / "profile" / "user")
        command = [
            soffice, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless",
            "--norestore", "--nologo", "--nodefault", "--nolockcheck",
            "--convert-to", target, "--outdir", str(out), str(source),
        ]  # fmt: skip
        _run(command, place, seconds)
        written = out / f"source.{target}"
        if not written.is_file():
            raise ConversionError("LibreOffice 没能转换这个文件")
        return written.read_bytes()


def _run(command: list[str], home: Path, seconds: int) -> None:
    """Run the program and all that it starts; nothing of it is left behind."""
    environment = {**os.environ, "HOME": str(home)}
    with subprocess.Popen(  # noqa: S603 - the program's own path, and paths that we made
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ConversionError(f"LibreOffice 转换超过 {seconds} 秒") from error
        finally:
            if process.poll() is None:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    folder.joinpath("registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>\n',
        encoding="utf-8",
    )
