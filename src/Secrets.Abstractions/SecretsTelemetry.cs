namespace Secrets;

/// <summary>The names under which the library reports to operators, for <c>AddMeter</c> and <c>AddSource</c> of OpenTelemetry and the like.</summary>
public static class SecretsTelemetry
{
    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string MeterName = "Secrets";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Secrets";
}
