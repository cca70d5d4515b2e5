# acme/syncs/issues.py
def fetch_data(nango):
    nango.batch_save([])
    nango.set_merging_strategy("override")
