"""A question in its usual form: spelling, wording, follow-ups, several asks in one."""
