"""Many tables in one process: lobby, table, access, listener, journal."""
