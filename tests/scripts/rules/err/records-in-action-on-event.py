# acme/on-events/welcome.py
def on_event(nango):
    nango.batch_delete([], "Issue")  # !
