package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sonde.start.StartException;
import dev.sonde.store.authority.AuthorityRows;
import dev.sonde.store.authority.DatabaseAuthority;
import dev.sonde.store.authority.KeyFile;
import dev.sonde.store.authority.RecentKeys;
import dev.sonde.tls.certificate.AuthorityFolder;
import dev.sonde.tls.certificate.AuthorityOffException;
import dev.sonde.tls.certificate.AuthorityStore;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.CertificateSpec;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The authority in the embedded database.
class AuthorityTest {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    @TempDir Path directory;
    private final AtomicLong nanos = new AtomicLong();
    private TestDatabase db;
    private Path file;

    private static String key(int value) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) value;
        return Base64.getEncoder().encodeToString(bytes);
    }

    @BeforeEach
    void open() throws IOException {
        db = TestDatabase.sqlite(directory);
        file = Files.writeString(directory.resolve("keys"), OLD);
    }

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void everythingIsTheSameAtASecondServiceWithTheSameKey() {
        CertificateAuthority one = authority(store());
        KeyMaterial issued = issue(one, "web");
        CertificateAuthority two = authority(store());
        assertThat(two.certificate()).isEqualTo(one.certificate());
        assertThat(two.keys("web")).contains(issued);
        assertThat(two.list("", 10)).extracting(IssuedCertificate::name).containsExactly("web");
        assertThat(two.list("web", 10)).isEmpty();
        assertThat(two.issue(spec("web"))).isEmpty();
        assertThat(two.delete("web")).isTrue();
        assertThat(one.delete("web")).isFalse();
    }

    @Test
    void ownKeyFileIsMadeForThisUserWhenSomethingIsFirstKept() throws IOException {
        Path own = directory.resolve("authority").resolve("encryption.key");
        CertificateAuthority authority = authority(store(new KeyFile(own, true)));
        assertThat(authority.list("", 10)).isEmpty();
        assertThat(own).doesNotExist();
        issue(authority, "web");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
                .isEqualTo("rw-------");
        assertThat(authority(store(new KeyFile(own, true))).certificate())
                .isEqualTo(authority.certificate());
        assertThat(body("web")).isBase64().doesNotContain("BEGIN");
    }

    @ParameterizedTest
    @CsvSource({
        "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=, does not decrypt the authority",
        "se cret, a key is not Base64",
        "c2VjcmV0, a key has 6 bytes",
        "'', no key"
    })
    void startEndsWhenTheKeyDoesNotDecrypt(String text, String reason) throws IOException {
        X509Certificate before = authority(store()).certificate();
        Files.writeString(file, text);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(this::store)
                .withMessageContaining("sonde.authority.key-file=" + file)
                .withMessageContaining(reason);
        Files.writeString(file, OLD);
        assertThat(authority(store()).certificate()).isEqualTo(before);
    }

    @Test
    void startEndsWhenTheKeyFileIsGone() throws IOException {
        authority(store()).certificate();
        Files.delete(file);
        assertThatExceptionOfType(StartException.class).isThrownBy(this::store);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> store(new KeyFile(file, true)))
                .withMessageContaining("the file has []");
    }

    @Test
    void eachRowIsUnderTheNewKeyWhenItIsListedFirst() throws IOException {
        DatabaseAuthority store = store();
        KeyMaterial issued = issue(authority(store), "web");
        Files.writeString(file, "# rotated\n" + NEW + "\n" + OLD + "\n");
        store.reload();
        Files.writeString(file, NEW);
        DatabaseAuthority later = store();
        assertThat(later.get("web")).contains(issued);
        store.reload();
        Files.writeString(file, OLD);
        assertThatExceptionOfType(StartException.class).isThrownBy(store::reload);
        assertThat(authority(store).find("web")).isPresent();
    }

    @Test
    void authorityOfAnEarlierVersionMovesFromItsFiles() {
        AuthorityFolder files = new AuthorityFolder(directory.resolve("authority"));
        CertificateAuthority earlier = authority(files);
        KeyMaterial issued = issue(earlier, "web");
        CertificateAuthority now = authority(store());
        assertThat(now.keys("web")).contains(issued);
        assertThat(now.certificate()).isEqualTo(earlier.certificate());
        assertThat(files.isPresent()).isFalse();
        assertThat(directory.resolve("authority/issued/web.key")).doesNotExist();
    }

    @Test
    void authorityInFilesRestsWhenTheDatabaseHasAnother() {
        X509Certificate first = authority(store()).certificate();
        AuthorityFolder files = new AuthorityFolder(directory.resolve("authority"));
        issue(authority(files), "web");
        CertificateAuthority now = authority(store());
        assertThat(now.keys("web")).isEmpty();
        assertThat(now.certificate()).isEqualTo(first);
        assertThat(files.isPresent()).isTrue();
    }

    @Test
    void nothingIsKeptWhileTheAuthorityIsOff() {
        CertificateAuthority authority = authority(store(null));
        assertThatExceptionOfType(AuthorityOffException.class)
                .isThrownBy(() -> authority.issue(spec("web")))
                .withMessageContaining("sonde.authority.key-file");
        assertThat(authority.list("", 10)).isEmpty();
        assertThat(authority.find("web")).isEmpty();
        assertThat(authority.delete("web")).isFalse();
    }

    @Test
    void changedRowIsLikeAbsent() {
        issue(authority(store()), "web");
        db.change("update authority_material set body = 'AAAA' where name = 'web'");
        assertThat(authority(store()).find("web")).isEmpty();
    }

    @Test
    void keysAreUsedOnWhileTheDatabaseIsAway() {
        CertificateAuthority authority = authority(store());
        KeyMaterial issued = issue(authority, "web");
        authority.keys("web");
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        db.refuse(true);
        assertThat(authority.keys("web")).contains(issued);
        db.refuse(false);
        authority(store()).delete("web");
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        assertThat(authority.keys("web")).isEmpty();
    }

    private String body(String name) {
        return db.database
                .client()
                .sql("select body from authority_material where name = ?")
                .param(name)
                .query(String.class)
                .single();
    }

    private DatabaseAuthority store() {
        return store(new KeyFile(file, false));
    }

    private DatabaseAuthority store(@Nullable KeyFile keys) {
        return new DatabaseAuthority(
                new AuthorityRows(db.database.client(), db.database::write),
                keys,
                new AuthorityFolder(directory.resolve("authority")),
                new RecentKeys(nanos::get));
    }

    private static CertificateAuthority authority(AuthorityStore store) {
        return new CertificateAuthority(store, Clock.systemUTC());
    }

    private static KeyMaterial issue(CertificateAuthority from, String name) {
        return from.issue(spec(name)).orElseThrow().keys();
    }

    private static CertificateSpec spec(String name) {
        return new CertificateSpec(
                name, CertificateKind.SERVER, List.of("web.example"), Duration.ofDays(1));
    }
}
