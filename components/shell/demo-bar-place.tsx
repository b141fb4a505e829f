/** The bar of the run before the run is known: nothing, in its height. */
export function DemoBarPlace() {
  return <div aria-hidden className="h-9 border-b border-line bg-raised" />;
}
