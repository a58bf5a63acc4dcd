"""State machines that walk through an API: what is sent next depends on what was answered.

They hold a model and ask it what each answer means; they judge nothing themselves.
"""
