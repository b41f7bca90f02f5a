package dev.sonde.cluster.forward;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Optional;

/// The holder's answer, whose body arrives while it is read. It holds a connection until it is
/// closed. For one thread.
public final class ForwardedAnswer implements AutoCloseable {

    private final HttpResponse<InputStream> response;
    private final AutoCloseable exchange;

    ForwardedAnswer(HttpResponse<InputStream> response, AutoCloseable exchange) {
        this.response = response;
        this.exchange = exchange;
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /// The body. Reading fails when the holder is lost.
    public InputStream body() {
        return response.body();
    }

    @Override
    public void close() throws IOException {
        try (exchange) {
            response.body().close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
