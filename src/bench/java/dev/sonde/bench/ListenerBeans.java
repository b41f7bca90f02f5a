package dev.sonde.bench;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.Replica;
import java.util.List;
import org.springframework.context.annotation.Bean;

/// The beans that listeners need from the rest of the house, without a database.
class ListenerBeans extends EngineBeans {

    @Bean
    Replica replica() {
        return Replica.alone(REPLICA);
    }

    @Bean
    ListenerStore listenerStore() {
        return new ListenerStore() {
            @Override
            public void save(StoredListener listener) {
                // Nothing here outlives the process.
            }

            @Override
            public void delete(String name) {
                // Nothing was kept.
            }

            @Override
            public List<StoredListener> all() {
                return List.of();
            }
        };
    }
}
