package dev.shedmaster.port;

/** What only one provider understands of an order: its image, disk and network. Each provider has its own record of it. */
public interface MachineSettings {}
