package io.gkm.agent.config;

import org.tomlj.TomlPosition;

/** A value and where it stands in the file. */
record Located<T>(T value, TomlPosition at) {}
