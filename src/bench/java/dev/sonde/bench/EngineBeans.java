package dev.sonde.bench;

import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.store.bytes.StoredResultBytes;
import dev.sonde.tls.certificate.AuthorityFolder;
import dev.sonde.tls.certificate.AuthorityStore;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;

/// The beans that the engine needs from the rest of the house.
class EngineBeans {

    static final String REPLICA = "bench";

    /// Of listeners with TLS; other sections keep nothing in it.
    static final AuthorityStore AUTHORITY =
            new AuthorityFolder(Path.of("target", "bench-authority"));

    static final ProbeModules NO_MODULES =
            name -> {
                throw new IllegalArgumentException("no modules here: " + name);
            };

    @Bean
    ResultIds resultIds() {
        return new ResultIds(Replica.alone(REPLICA));
    }

    @Bean
    AuthorityStore authorityStore() {
        return AUTHORITY;
    }

    @Bean
    ResultBytes resultBytes() {
        return new StoredResultBytes();
    }

    @Bean
    ProbeModules modules() {
        return NO_MODULES;
    }
}
