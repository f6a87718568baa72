"""Finds plugins, checks them, and gathers what they supply."""

from certbody.registry.plugin import Plugin
from certbody.registry.registry import BLOCK, Registry, WiringFault

__all__ = ["BLOCK", "Plugin", "Registry", "WiringFault"]
