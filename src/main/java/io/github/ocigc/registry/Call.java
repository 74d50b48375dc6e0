package io.github.ocigc.registry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request that a verb makes.
 *
 * @param doing the beginning of a sentence for people: what is done, to what, where
 * @param headers without Authorization, which is nobody's business but the line's
 * @param scopes what a token must allow (distribution's token specification)
 */
record Call(
    String doing,
    String method,
    URI uri,
    Map<String, String> headers,
    Payload payload,
    Scopes scopes) {
  Call {
    headers = Map.copyOf(headers);
  }

  static Call get(String doing, URI uri, Scopes scopes) {
    return new Call(doing, "GET", uri, Map.of(), Payload.NONE, scopes);
  }

  Call method(String other) {
    return new Call(doing, other, uri, headers, payload, scopes);
  }

  Call to(URI other) {
    return new Call(doing, method, other, headers, payload, scopes);
  }

  Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(doing, method, uri, more, payload, scopes);
  }

  Call carrying(Payload other) {
    return new Call(doing, method, uri, headers, other, scopes);
  }
}
