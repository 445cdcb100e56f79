namespace Secrets;

/// <summary>Which of two sources wins where both have a leaf.</summary>
public enum SecretsPrecedence
{
    /// <summary>The source that was added first. A remote source below a local one is asked only for what the local one does not have.</summary>
    FirstWins = 0,

    /// <summary>The source that was added last, as in <c>IConfiguration</c>. A remote source in the winning place is then always asked.</summary>
    LastWins,
}
