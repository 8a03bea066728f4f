using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Autopilot.Git.Tests;

/// <summary>Repositories below a folder over HTTP on loopback, behind a name and a password, served by git's own CGI program.</summary>
internal sealed class HttpRemote : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly string root;
    private readonly string expected;
    private readonly Task serving;

    public HttpRemote(string root, string name, string password)
    {
        (this.root, expected) = (root, "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        Url = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(Url);
        listener.Start();
        serving = Serve();
    }

    public string Url { get; }

    /// <summary>What each request said of who it is from; null for nothing.</summary>
    public List<string?> Authorizations { get; } = [];

    public void Dispose() => listener.Close();

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Authorizations.Add(context.Request.Headers["Authorization"]);
            if (Authorizations[^1] == expected) await Run(context);
            else Refuse(context);
        }
    }

    private static void Refuse(HttpListenerContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"git\"");
        context.Response.Close();
    }

    private async Task Run(HttpListenerContext context)
    {
        var request = context.Request;
        using var body = new MemoryStream();
        await request.InputStream.CopyToAsync(body);
        var start = new ProcessStartInfo("git") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", "http.receivepack=true", "http-backend" }) start.ArgumentList.Add(argument);
        foreach (var (name, value) in new Dictionary<string, string?>
        {
            ["GIT_PROJECT_ROOT"] = root,
            ["GIT_HTTP_EXPORT_ALL"] = "1",
            ["PATH_INFO"] = request.Url!.AbsolutePath,
            ["QUERY_STRING"] = request.Url.Query.TrimStart('?'),
            ["REQUEST_METHOD"] = request.HttpMethod,
            ["CONTENT_TYPE"] = request.ContentType,
            ["CONTENT_LENGTH"] = $"{body.Length}",
            ["HTTP_CONTENT_ENCODING"] = request.Headers["Content-Encoding"],
        })
            start.Environment[name] = value ?? "";
#pragma warning disable RS0030 // It plays the other side, which is not ours to supervise.
        using var backend = Process.Start(start)!;
#pragma warning restore RS0030
        using var output = new MemoryStream();
        var reading = backend.StandardOutput.BaseStream.CopyToAsync(output);
        body.Position = 0;
        await body.CopyToAsync(backend.StandardInput.BaseStream);
        backend.StandardInput.Close();
        await reading;
        Answer(context.Response, output.ToArray());
    }

    private static void Answer(HttpListenerResponse response, byte[] said)
    {
        var end = said.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(said, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status") response.StatusCode = int.Parse(value[..3], System.Globalization.CultureInfo.InvariantCulture);
            else response.AddHeader(name, value);
        }

        response.Close(said[(end + 4)..], willBlock: true);
    }
}
