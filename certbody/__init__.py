"""The open system on which a certification body works."""
