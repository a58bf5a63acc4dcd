"""How the judge makes media and measures what a service returns; nothing here knows the APIs."""
