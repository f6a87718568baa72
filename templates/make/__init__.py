"""Makes the shipped templates: run `python -m templates.make` from the checkout. No part of the wheel."""
