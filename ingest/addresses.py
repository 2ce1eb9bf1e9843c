"""Addresses of services: which of them are this machine itself."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

_LOGIN = re.compile(r"(?<=://)([^:@/?]*):.*@")
_OPTION = re.compile(r"(?i)(\bpassword=)[^&\s]*")


def is_loopback(url: str) -> bool:
    """Whether an address is one of this machine itself, by its own words: no name is looked up."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def without_password(url: str) -> str:
    """An address as it may be shown: what stands in the place of a password is ``***``."""
    return _OPTION.sub(r"\1***", _LOGIN.sub(r"\1:***@", url))
