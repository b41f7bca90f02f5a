package dev.sonde.memory;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// The heap that each kind of data may take: a part such as `10%`, or a size such as `64MB`. A part
/// refers to the greatest heap less 48 MB for the program itself.
///
/// @param attempts probes in flight; more wait
/// @param checks targets, waiting results and kept results of checks; more are refused with 429
/// @param definitions probes and listeners; more are refused with 507
/// @param results recent results that are found by id; the oldest are dropped
/// @param latest steps and timelines in the latest result of each probe; further ones are left out
/// @param events the window of the event stream; the oldest are dropped
/// @param buffer results that wait for the database; the oldest are dropped
/// @param recordings ended connections of listeners; the oldest are dropped
/// @param answers the latest answers of `/probe`; the oldest are dropped
@Validated
@ConfigurationProperties("sonde.memory")
public record MemoryProperties(
        @DefaultValue("12%") @NotNull HeapAmount attempts,
        @DefaultValue("15%") @NotNull HeapAmount checks,
        @DefaultValue("30%") @NotNull HeapAmount definitions,
        @DefaultValue("8%") @NotNull HeapAmount results,
        @DefaultValue("5%") @NotNull HeapAmount latest,
        @DefaultValue("3%") @NotNull HeapAmount events,
        @DefaultValue("4%") @NotNull HeapAmount buffer,
        @DefaultValue("5%") @NotNull HeapAmount recordings,
        @DefaultValue("1%") @NotNull HeapAmount answers) {}
