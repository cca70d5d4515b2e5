# acme/syncs/both.py
def fetch_data(nango):
    nango.batch_save([])  # !
    nango.batch_save([], model=None)  # !
