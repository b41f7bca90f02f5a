/// The Helm chart, its alerts and its dashboard, tried with the tools that use them.
package dev.sonde.chart;
