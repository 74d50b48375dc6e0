/**
 * The network: registries by the OCI distribution-spec 1.1, on the JDK's own HTTP client.
 *
 * <h2>The way of a request</h2>
 *
 * <p>{@link io.github.ocigc.registry.Repository} names the verbs; each is one small class ({@code
 * BlobFetch}, {@code ManifestPut}, …) that says what it wants as a {@code Call}. From there it goes
 * down, and every floor knows one thing:
 *
 * <ol>
 *   <li>{@code Line}, one repository: where the registry is, what a token must allow, and after a
 *       401 one second try with a better answer;
 *   <li>{@code Courier}: redirects, at most five;
 *   <li>{@code Wire}: one request and its answer, and that something happens on the connection.
 * </ol>
 *
 * <p>Back comes an {@code Answer} whose {@code Body} is taken buffer by buffer, no faster than the
 * sink takes it: a blob is never in memory. What a registry wants for authentication and how one of
 * this machine is spoken to is asked once; later requests take no extra round trip. HTTP/2 where
 * TLS offers it, HTTP/1.1 elsewhere.
 *
 * <h2>What is tried again</h2>
 *
 * <p>408, 429, 500, 502, 503, 504, a connection that is refused, reset or silent: {@link
 * io.github.ocigc.registry.Retries} says how often and after what pause, unless the registry says
 * (Retry-After). Nothing else is, not even an unknown host. A blob goes on where it broke off, down
 * (Range) and up (the upload's own offset), and what got on may break again as often: only attempts
 * in a row without a byte count. A length that contradicts the manifest is an error at once. If the
 * answer to an upload was lost, the registry is asked whether it has the blob before it is sent
 * again.
 *
 * <h2>What is never sent where</h2>
 *
 * <ul>
 *   <li>Authorization goes to the scheme, host and port of the registry, and after a redirect to no
 *       other. From https nothing follows to http.
 *   <li>A password or identity token goes to the registry (Basic) or to the token service that it
 *       names (Bearer), never both; and to neither in the clear, unless it is this machine or the
 *       options want plain HTTP.
 *   <li>A proxy's password goes to the proxy.
 *   <li>No secret is in a message, a note, or the cause of an exception; addresses are printed
 *       without user and query, and a registry's words without control characters.
 *   <li>Files of credentials are read, and credential helpers run, when a registry first asks who
 *       we are; {@code AuthFileOrder} has the order. The environment is the options' map.
 * </ul>
 *
 * <p>The JDK lets no client send a password to a proxy that tunnels unless the system property
 * {@code jdk.http.auth.tunneling.disabledSchemes} is empty. It is set to that, if nobody set it,
 * when HTTPS_PROXY has a password; a process that has used another HTTP client before must do so
 * itself.
 */
@NullMarked
package io.github.ocigc.registry;

import org.jspecify.annotations.NullMarked;
