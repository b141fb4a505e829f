/** Sheet and letters of the product, for our own tables: AG Grid comes with its own. */
import '@fontsource-variable/inter/wght.css';
import '../../../app/globals.css';
