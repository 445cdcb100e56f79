using System.Reflection;
using System.Runtime.CompilerServices;

namespace Secrets.Telemetry;

/// <summary>
/// Tells whether something in this process may listen to meters and activities. Nothing can before it has loaded the assembly of the listeners, and loading that for our own
/// instruments takes as long as reading a secrets file.
/// </summary>
internal static class Listeners
{
    private const string AssemblyName = "System.Diagnostics.DiagnosticSource,";

    private static volatile bool _mayExist;

    static Listeners()
    {
        // A program that is compiled ahead of time has all its assemblies from the start.
        if (!RuntimeFeature.IsDynamicCodeCompiled)
        {
            _mayExist = true;
            return;
        }

        AppDomain.CurrentDomain.AssemblyLoad += OnLoad;
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            Note(assembly);
        }
    }

    public static bool MayExist => _mayExist;

    private static void OnLoad(object? sender, AssemblyLoadEventArgs loaded) => Note(loaded.LoadedAssembly);

    private static void Note(Assembly assembly)
    {
        if (assembly.FullName?.StartsWith(AssemblyName, StringComparison.Ordinal) == true)
        {
            _mayExist = true;
            AppDomain.CurrentDomain.AssemblyLoad -= OnLoad;
        }
    }
}
