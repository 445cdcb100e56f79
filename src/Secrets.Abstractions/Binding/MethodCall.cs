using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Secrets.Conversion;
using Secrets.Merging;

namespace Secrets.Binding;

/// <summary>Calls a method with a section's values as its arguments.</summary>
[RequiresUnreferencedCode(Trimming.Note)]
[RequiresDynamicCode(Trimming.Note)]
internal static class MethodCall
{
    /// <exception cref="ArgumentException">The delegate cannot be called with arguments alone, or does not return the result that is asked for.</exception>
    public static object? Invoke(Delegate method, SectionNode root, Type? result)
    {
        ArgumentNullException.ThrowIfNull(method);
        Type returned = method.Method.ReturnType;
        if (result is not null && (returned == typeof(void) || (!result.IsAssignableFrom(returned) && !returned.IsAssignableFrom(result))))
        {
            throw new ArgumentException(
                returned == typeof(void)
                    ? "The method returns nothing; call Invoke without a type."
                    : $"The method returns {TextConverter.Describe(returned)}, which is not {TextConverter.Describe(result)}.",
                nameof(method));
        }

        // A delegate over a static method may carry its first argument itself.
        int bound = method.Method.GetParameters().Length - method.GetType().GetMethod("Invoke")!.GetParameters().Length;
        if (bound < 0)
        {
            throw new ArgumentException("The delegate does not say on which object it calls the method; create it from an object's method.", nameof(method));
        }

        object?[] arguments = Binder.Arguments([.. TypeShape.ParametersOf(method.Method, skip: bound)], root);
        try
        {
            return method.DynamicInvoke(arguments);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }
}
