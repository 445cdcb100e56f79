namespace Secrets.Hosting;

/// <summary>Where the secrets stand among the providers of <c>IConfiguration</c>, in which the provider that was added last wins.</summary>
public enum ConfigurationPlace
{
    /// <summary>Above all providers, environment variables and the command line included: a secret cannot be replaced by accident.</summary>
    Last = 0,

    /// <summary>Above files and user secrets, below environment variables and the command line.</summary>
    BelowEnvironment,
}
