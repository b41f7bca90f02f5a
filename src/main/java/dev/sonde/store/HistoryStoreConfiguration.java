package dev.sonde.store;

import dev.sonde.history.DroppedResults;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.IncidentHistory;
import dev.sonde.history.RunHistory;
import dev.sonde.history.RunRecorder;
import dev.sonde.maintenance.RecordedRuns;
import dev.sonde.memory.HeapLedger;
import dev.sonde.probe.keeping.PresentReplicas;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.store.buffer.HistoryBuffer;
import dev.sonde.store.incident.SqlIncidentHistory;
import dev.sonde.store.presented.SqlPresentedHistory;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/// Makes what writes, keeps and reads results.
@Configuration(proxyBeanMethods = false)
class HistoryStoreConfiguration {

    @Bean
    RunRecorder runRecorder() {
        return new RunRecorder();
    }

    @Bean
    Rollups rollups(Database database, RunRecorder recorder, Replica replica, Clock clock) {
        return new Rollups(database, recorder, replica.isAlone() ? null : replica.name(), clock);
    }

    @Bean
    SqlPresentedHistory presentedHistory(Database database) {
        return new SqlPresentedHistory(database);
    }

    @Bean
    HistoryTables historyTables(
            Database database,
            Rollups rollups,
            SqlPresentedHistory presented,
            Replica replica,
            ObjectProvider<PresentReplicas> present,
            Clock clock) {
        if (replica.isAlone()) {
            return new HistoryTables(database, rollups, presented);
        }
        return HistoryTables.ofReplica(
                database,
                rollups,
                presented,
                new LostRollups(
                        database, () -> present.getObject().names(), replica.name(), clock));
    }

    @Bean
    RunHistory runHistory(Database database, RunRecorder recorder, Rollups rollups) {
        return new SqlRunHistory(database, recorder, rollups);
    }

    @Bean
    IncidentHistory incidentHistory(Database database) {
        return new SqlIncidentHistory(database);
    }

    @Bean
    RecordedRuns recordedRuns(Database database, Rollups rollups, HistoryTables tables) {
        return new SqlRecordedRuns(database, rollups, tables);
    }

    @Bean
    ProbeHistory probeHistory(Database database) {
        return new SqlProbeHistory(database);
    }

    @Bean(initMethod = "start")
    ResultWriter resultWriter(
            HistoryTables tables,
            ResultIds ids,
            Clock clock,
            StoreProperties properties,
            HeapLedger ledger) {
        return new ResultWriter(
                tables,
                ids,
                clock,
                new HistoryBuffer.Limits(properties.buffer(), ledger.share("buffer")),
                properties.writeEvery());
    }

    @Bean(initMethod = "start")
    RetentionThread retentionThread(
            Database database,
            Clock clock,
            StoreProperties properties,
            HistoryProperties history,
            DroppedResults dropped,
            Replica replica) {
        DataSize most = properties.maxSize();
        Retention retention =
                new Retention(
                        database,
                        clock,
                        new Retention.Limits(
                                properties.retention(),
                                properties.perProbe(),
                                history,
                                most == null ? null : (Long) most.toBytes()),
                        dropped);
        return new RetentionThread(
                retention,
                () -> RetentionThread.isMine(database, replica),
                properties.sweepEvery());
    }
}
