package io.exitpool.connect.dns.server;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/** A name server on the loopback interface that says yes to everything, and notes what it got. */
final class ScriptedDns implements AutoCloseable {

    /** How it misbehaves. */
    enum Manner {
        SIGNS,
        DOES_NOT_SIGN,
        HANGS_UP_AFTER_EACH
    }

    static final TSIG KEY = TsigKey.of("hmac-sha256", "exitpool", "c2VjcmV0");

    private final Manner manner;
    private final ServerSocket socket;
    private final List<Message> received = new CopyOnWriteArrayList<>();

    ScriptedDns(Manner manner) {
        this.manner = manner;
        try {
            this.socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "scripted-dns");
        thread.setDaemon(true);
        thread.start();
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", socket.getLocalPort());
    }

    List<Message> received() {
        return received;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                answerAll(client);
            } catch (EOFException | SocketException e) {
                // The client, or the test, is done.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void answerAll(Socket client) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        do {
            byte[] bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            Message message = new Message(bytes);
            received.add(message);
            byte[] answer = answer(message).toWire();
            out.writeShort(answer.length);
            out.write(answer);
        } while (manner != Manner.HANGS_UP_AFTER_EACH);
    }

    private Message answer(Message message) {
        Message answer = new Message(message.getHeader().getID());
        answer.getHeader().setOpcode(Opcode.UPDATE);
        answer.getHeader().setFlag(Flags.QR);
        message.getSection(Section.QUESTION)
                .forEach(zone -> answer.addRecord(zone, Section.QUESTION));
        if (manner != Manner.DOES_NOT_SIGN) {
            KEY.apply(answer, message.getTSIG());
        }
        return answer;
    }
}
