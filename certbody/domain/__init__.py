"""The certification body's own language: values, rules and dates, with nothing else in the room."""
