package dev.sonde.schedule;

/// How many definitions a bulk request made and replaced; a name given twice counts twice.
public record BulkChange(int created, int replaced) {}
