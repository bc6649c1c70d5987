package io.exitpool.connect.dns.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * One TCP connection for DNS messages, kept between them. Servers close idle ones: a message whose
 * kept connection turns out to be closed is sent once more over a new one, so it must bear being
 * received twice.
 */
final class TcpLink {

    private static final int LONGEST_MESSAGE = 65_535;

    private final Endpoint endpoint;
    private final int timeoutMillis;
    private Socket socket;

    TcpLink(Endpoint endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    /** Sends a message and waits for the next one. */
    byte[] exchange(byte[] message) throws IOException {
        if (socket != null) {
            try {
                return roundTrip(message);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                close();
            }
        }
        connect();
        return roundTrip(message);
    }

    void close() {
        if (socket == null) {
            return;
        }
        try {
            socket.close();
        } catch (IOException e) {
            // It is given up either way.
        }
        socket = null;
    }

    private void connect() throws IOException {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("the host's name is not known here");
        }
        Socket connecting = new Socket();
        try {
            connecting.setTcpNoDelay(true);
            connecting.setSoTimeout(timeoutMillis);
            connecting.connect(address, timeoutMillis);
        } catch (IOException e) {
            connecting.close();
            throw e;
        }
        socket = connecting;
    }

    private byte[] roundTrip(byte[] message) throws IOException {
        if (message.length > LONGEST_MESSAGE) {
            throw new IllegalStateException(
                    "a message of " + message.length + " bytes; 'batch.size' is too large");
        }
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        OutputStream out = socket.getOutputStream();
        out.write(framed);
        out.flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        return answer;
    }
}
