# acme/syncs/changes.py
def fetch_data(nango):
    for page in nango.paginate(1):
        nango.save_checkpoint({"id": page[-1]["id"]})  # !
        nango.batch_save(page)
    cursor = nango.get_checkpoint()
    while cursor:
        response = nango.get(cursor)
        cursor = response.data["next"]
        nango.save_checkpoint({"cursor": cursor})  # !
        if response.data["items"]:
            nango.batch_save(response.data["items"])
