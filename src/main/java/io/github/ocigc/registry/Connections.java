package io.github.ocigc.registry;

/** What all repositories of one command share. Safe for many threads. */
record Connections(
    RegistryOptions options,
    Schemes schemes,
    Courier courier,
    Credentials credentials,
    Authorizations authorizations) {
  static Connections of(RegistryOptions options) {
    Wire wire = new Wire(options);
    Courier courier = new Courier(wire, options.plainHttp());
    return new Connections(
        options,
        new Schemes(wire, options.plainHttp()),
        courier,
        new Credentials(options),
        new Authorizations(new Tokens(new TokenFetch(courier, options.plainHttp()))));
  }
}
