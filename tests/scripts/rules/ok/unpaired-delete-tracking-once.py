# acme/syncs/both.py
def fetch_data(nango):
    started = False
    for page in nango.paginate(1):
        if not started:
            nango.track_deletes_start("User")
            started = True
        nango.batch_save(page, "User")
        if len(page) < 100:
            nango.track_deletes_end("User")
    for attempt in range(3):
        nango.track_deletes_start("Team")
        teams = nango.get(attempt).data
        nango.batch_save(teams, "Team")
        if teams:
            break
    nango.track_deletes_end("Team")
