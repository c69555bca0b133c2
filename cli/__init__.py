"""The command `politeia`: thin commands over the library; nothing here knows RDF."""
