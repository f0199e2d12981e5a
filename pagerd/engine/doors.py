"""What the web is handed of sources, channels and the store, by their Protocols, so that it imports none of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from pagerd.channels.base import DeliveryReport, InboundText, KeyPress
from pagerd.engine.keys import SpokenAnswer
from pagerd.sources.base import AtOnce, Limits, Parser
from pagerd.stores.base import Connection, StoreUnavailable

__all__ = ["AtOnce", "Connection", "DeliveryReport", "InboundText", "Incoming", "KeyPress", "Limits", "Parser"]
__all__ += ["ProviderDesk", "SpokenAnswer", "StoreUnavailable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One request of a provider, as it came: nothing in it is to be believed before `verify` said yes.

    `url` is the configured public URL with the raw path and query. `fields` are all fields of a form, in order, blanks
    and repetitions included; a body that is no form has none.
    """

    url: str
    fields: tuple[tuple[str, str], ...]
    body: bytes
    headers: Mapping[str, str]
    is_form: bool = True

    @property
    def form(self) -> Mapping[str, str]:
        """The fields by name; of one that is repeated the last."""
        return dict(self.fields)


class ProviderDesk(Protocol):
    """What the providers' requests mean. `parse_*` raise Unreadable; they are asked only after `verify` said yes."""

    def is_ready(self) -> bool:
        """Is there any secret to verify with? Without one every request is refused."""
        ...

    def verify(self, incoming: Incoming) -> bool:
        """Did one of our providers sign this request? Constant time, and False whenever anything is missing."""
        ...

    def parse_status(self, incoming: Incoming) -> DeliveryReport:
        """Read a delivery report."""
        ...

    def parse_key(self, incoming: Incoming) -> KeyPress:
        """Read the keys that were pressed in a call."""
        ...

    def parse_inbound(self, incoming: Incoming) -> InboundText:
        """Read a text that somebody sent to us."""
        ...

    def spoken(self, answer: SpokenAnswer, key_url: str) -> str:
        """Write what the call says next (XML); further keys go to `key_url`."""
        ...

    def texted(self, answer: str | None) -> str:
        """Write the reply to a text (XML); None is silence."""
        ...
