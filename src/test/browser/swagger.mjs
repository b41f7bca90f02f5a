// Clicks every operation of Swagger UI in displayed order, as a person would: swagger.mjs SERVICE CHROMIUM
// Prints a line for each: status, method, path. Ends with 1 where one is not answered with 2xx.
import { chromium } from "playwright-core";

const [service, executablePath] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
const complaints = [];
page.on("console", (message) => {
  if (message.type() === "error") complaints.push(message.text());
});
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => {
  if (!request.url().startsWith(service) && !/^(data|blob):/.test(request.url())) {
    complaints.push("foreign request " + request.url());
  }
});
await page.goto(service + "/swagger-ui/index.html");
await page.waitForSelector(".opblock");
const operations = await page.$$(".opblock");
let failed = 0;
for (const operation of operations) {
  const method = await operation.$eval(".opblock-summary-method", (e) => e.textContent);
  const path = await operation.$eval(".opblock-summary-path", (e) => e.dataset.path);
  await (await operation.$(".opblock-summary-control")).click();
  await (await operation.waitForSelector(".try-out__btn")).click();
  await (await operation.waitForSelector(".execute")).click();
  const status = await operation
    .waitForSelector(".live-responses-table tbody .response-col_status", { timeout: 30000 })
    .then((cell) => cell.textContent());
  const ok = /^2/.test(status.trim());
  const body = ok ? "" : await operation.$eval(".live-responses-table", (e) => e.textContent);
  const lines = await operation.$$eval(".live-responses-table .highlight-code", (all) =>
    all.map((one) => one.textContent).join(" "),
  );
  const isEmptyBulk = path.endsWith("/bulk") && /"failed": [1-9]/.test(lines);
  console.log(status.trim().slice(0, 3), method, path, body.slice(0, 400));
  if (!ok || isEmptyBulk) failed++;
  if (path.endsWith("timeline.svg")) {
    const drawn = await operation.waitForSelector(".live-responses-table img");
    const width = await drawn.evaluate((img) => img.decode().then(() => img.naturalWidth));
    console.log("picture", width);
    if (!width) failed++;
  }
  await (await operation.$(".opblock-summary-control")).click();
}
for (const complaint of complaints) console.log("console:", complaint);
console.log("clicked", operations.length, "failed", failed, "complaints", complaints.length);
await browser.close();
process.exit(failed || complaints.length ? 1 : 0);
