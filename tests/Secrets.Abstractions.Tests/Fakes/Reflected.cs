using System.Reflection;

namespace Secrets.Tests.Fakes;

/// <summary>Calls a method for a type that only a row of a table knows; what it throws comes out as it is.</summary>
internal static class Reflected
{
    public static object? Call(MethodInfo method, object target, params object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);

    /// <summary>Calls <see cref="SecretsView.Get{T}(string)"/>.</summary>
    public static object? Get(Type type, SecretsView view, string path) =>
        Call(typeof(SecretsView).GetMethod(nameof(SecretsView.Get), [typeof(string)])!.MakeGenericMethod(type), view, path);
}
