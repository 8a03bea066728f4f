using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;

namespace Autopilot.Bench.Profiling;

/// <summary>Finds methods by the names that the runtime writes, in the assemblies of a program and in the framework.</summary>
internal sealed class MethodFinder
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly List<Assembly> assemblies;

    /// <param name="folder">With the assemblies of the program.</param>
    public MethodFinder(string folder)
    {
        var context = new AssemblyLoadContext("program");
        context.Resolving += (_, name) => Path.Combine(folder, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        var framework = Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll").ToDictionary(f => Path.GetFileName(f)!, StringComparer.Ordinal);
        var own = Directory.EnumerateFiles(folder, "*.dll").Where(f => !framework.ContainsKey(Path.GetFileName(f)));
        assemblies = [.. own.Select(context.LoadFromAssemblyPath), .. framework.Values.Select(f => Assembly.Load(AssemblyName.GetAssemblyName(f)))];
    }

    /// <summary>All overloads; none where this framework has no such type.</summary>
    public IEnumerable<MethodBase> Find(CompiledMethod method)
    {
        var at = 0;
        return Parse(method.Type, ref at) is not { IsArray: false } type
            ? []
            : type.GetMembers(Own).OfType<MethodBase>().Append(type.TypeInitializer).OfType<MethodBase>().Where(m => m.Name == method.Name && !m.ContainsGenericParameters).Distinct();
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A tool for developers, never compiled ahead.")]
    private Type? Parse(string text, ref int at)
    {
        var end = text.AsSpan(at).IndexOfAny("[,]");
        var name = end < 0 ? text[at..] : text.Substring(at, end);
        at += name.Length;
        // All reference types share the code that is compiled for this one.
        var type = name == "System.__Canon" ? typeof(object) : assemblies.Select(a => a.GetType(name)).FirstOrDefault(t => t is not null);
        if (at < text.Length && text[at] == '[' && text[at + 1] != ']') type = Constructed(type, Arguments(text, ref at));
        for (; at + 1 < text.Length && text[at] == '[' && text[at + 1] == ']'; at += 2) type = type?.MakeArrayType();
        return type;
    }

    private List<Type?> Arguments(string text, ref int at)
    {
        var arguments = new List<Type?>();
        do
        {
            at++;
            arguments.Add(Parse(text, ref at));
        }
        while (text[at] == ',');
        at++;
        return arguments;
    }

    private static Type? Constructed(Type? definition, List<Type?> arguments)
    {
        if (definition is null || arguments.Contains(null)) return null;
        try
        {
            return definition.MakeGenericType([.. arguments.Select(a => a!)]);
        }
        catch (ArgumentException)
        {
            // A constraint that the shared form of all reference types does not meet.
            return null;
        }
    }
}
