using System.Reflection;
using System.Reflection.Emit;

namespace Autopilot.Bench.Profiling;

/// <summary>
/// Writes a profile (.mibc) for the ahead-of-time compiler: an assembly whose code names the methods, in groups by the assemblies that
/// they involve (see docs/design/features/dotnet-pgo.md in the repository of the .NET runtime).
/// </summary>
internal static class ProfileFile
{
    private const MethodAttributes Global = MethodAttributes.Public | MethodAttributes.Static;

    public static void Write(IEnumerable<MethodBase> methods, string file)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("profile"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("profile");
        var groups = methods.GroupBy(m => string.Join(';', Involved(m.DeclaringType!).Prepend(NameOf(m.DeclaringType!)).Distinct(StringComparer.Ordinal)), StringComparer.Ordinal);
        var written = groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select((group, i) => (group.Key, Method: Group(module, $"Group{i}", group))).ToList();
        var dictionary = module.DefineGlobalMethod("AssemblyDictionary", Global, typeof(void), Type.EmptyTypes);
        var code = dictionary.GetILGenerator();
        foreach (var (names, method) in written)
        {
            code.Emit(OpCodes.Ldstr, names);
            code.Emit(OpCodes.Ldtoken, method);
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        module.CreateGlobalFunctions();
        assembly.Save(file);
    }

    private static MethodBuilder Group(ModuleBuilder module, string name, IEnumerable<MethodBase> methods)
    {
        var group = module.DefineGlobalMethod(name, Global, typeof(void), Type.EmptyTypes);
        var code = group.GetILGenerator();
        foreach (var method in methods.OrderBy(m => $"{m.DeclaringType}::{m}", StringComparer.Ordinal))
        {
            if (method is ConstructorInfo constructor) code.Emit(OpCodes.Ldtoken, module.GetMethodMetadataToken(constructor));
            else code.Emit(OpCodes.Ldtoken, (MethodInfo)method);
            code.Emit(OpCodes.Pop);
        }

        code.Emit(OpCodes.Ret);
        return group;
    }

    private static IEnumerable<string> Involved(Type type) => type.HasElementType ? Involved(type.GetElementType()!) : type.GetGenericArguments().SelectMany(Involved).Append(NameOf(type));

    private static string NameOf(Type type) => type.Assembly.GetName().Name!;
}
