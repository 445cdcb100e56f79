using Secrets;

namespace ProductionFallback;

/// <summary>What the program cannot start without, and one thing that it can.</summary>
public sealed class AppSecrets
{
    public required DatabaseSecrets Database { get; init; }

    public required TrelloSecrets Trello { get; init; }
}

public sealed class DatabaseSecrets
{
    public required string User { get; init; }

    public required SecretValue Password { get; init; }

    public int Port { get; init; } = 5432;
}

public sealed class TrelloSecrets
{
    public required SecretValue ApiKey { get; init; }
}
