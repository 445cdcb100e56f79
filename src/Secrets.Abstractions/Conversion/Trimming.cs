using System.Runtime.CompilerServices;

namespace Secrets.Conversion;

/// <summary>What publishing trimmed, or ahead of time, does to the members of a type: they may be gone without a trace.</summary>
internal static class Trimming
{
    public const string Note = "Binding reads constructors and members by reflection, which trimming may remove. Use GetValue<T>, GetString or SecretValue in a trimmed program.";

    public const string Hint =
        "If this program is trimmed or compiled ahead of time, members may have been removed: keep them (with DynamicDependency, or TrimmerRootAssembly in the project file), or read with GetValue<T> and GetString.";

    /// <summary>Gets a value indicating whether the annotations of what may be null are gone: publishing trimmed sets this switch unless the project keeps them.</summary>
    public static bool HasNoAnnotations => AppContext.TryGetSwitch("System.Reflection.NullabilityInfoContext.IsSupported", out bool isKept) && !isKept;

    /// <summary>Gets a value indicating whether this program shows signs of being trimmed.</summary>
    public static bool IsLikely => HasNoAnnotations || !RuntimeFeature.IsDynamicCodeSupported;
}
