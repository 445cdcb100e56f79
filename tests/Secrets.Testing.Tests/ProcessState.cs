namespace Secrets.Testing.Tests;

/// <summary>Tests that touch the process's own state. No other test runs beside them.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public static class ProcessState;
