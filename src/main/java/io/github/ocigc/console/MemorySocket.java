package io.github.ocigc.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection without a network: what one side said is there already, the other's is kept. */
final class MemorySocket extends Socket {
  private final InputStream said;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

  MemorySocket(byte[] said) {
    this.said = new ByteArrayInputStream(said);
  }

  byte[] answer() {
    return answer.toByteArray();
  }

  @Override
  public InputStream getInputStream() {
    return said;
  }

  @Override
  public OutputStream getOutputStream() {
    return answer;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }
}
