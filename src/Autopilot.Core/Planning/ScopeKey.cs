using System.Security.Cryptography;
using System.Text;

namespace Autopilot.Core.Planning;

/// <summary>Names a question of the planner by its place and by what is asked, so that an answer from before a crash is taken for no other scope.</summary>
public static class ScopeKey
{
    /// <param name="above">The key of the scope that this one is a part of, or of the plan.</param>
    /// <param name="place">Among the parts of that scope, from 1.</param>
    /// <param name="question">The scope, with whatever else changes the answer.</param>
    /// <returns>The key above, the place, and the first 8 hexadecimal digits of the question's SHA-256.</returns>
    public static string Below(string above, int place, string question) =>
        $"{above}/{place}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..8]}";
}
