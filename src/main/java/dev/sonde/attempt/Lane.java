package dev.sonde.attempt;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;

/// What belongs to one loop and is used on its thread alone: the loop and its way to ask the
/// kernel.
record Lane(EventLoop loop, KernelSockets kernel) {}
