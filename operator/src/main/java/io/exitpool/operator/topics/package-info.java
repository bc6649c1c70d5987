/** Creates Exitpool's topics from their one definition, and holds existing ones against it. */
package io.exitpool.operator.topics;
